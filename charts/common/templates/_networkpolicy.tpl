{{/*
Closes the pods of a chart both ways and opens the arrows that `network` draws:
  from: who may connect to the chart's port
    - {app: frontend}        pods of another chart
    - {namespace: traefik}   all pods of a namespace
    - {anywhere: true}       anyone, such as a browser through a NodePort
  to: whom the pods may connect to
    - {app: agent, port: 8001}
    - {database: true}       the database: the postgres chart's pods, or any address on port 5432
                             when global.database.external
    - {cidr: 0.0.0.0/0, except: [10.0.0.0/8], port: 443}
DNS is always open.
*/}}
{{- define "common.networkpolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" (list . (include "common.name" .)) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "common.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- if .Values.network.from }}
  ingress:
    {{- range .Values.network.from }}
    - ports:
        - port: {{ $.Values.port }}
          protocol: TCP
      {{- if not .anywhere }}
      from:
        - {{ include "common.networkPeer" (list $ . "from") | indent 10 | trim }}
      {{- end }}
    {{- end }}
  {{- else }}
  ingress: []
  {{- end }}
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
    {{- range .Values.network.to }}
    - to:
        - {{ include "common.networkPeer" (list $ . "to") | indent 10 | trim }}
      ports:
        - port: {{ if .database }}5432{{ else }}{{ required (printf "%s: an entry of network.to has no port: %s" $.Chart.Name (toJson .)) .port }}{{ end }}
          protocol: TCP
    {{- end }}
{{- end -}}

{{/* The other end of an arrow. Takes (list $ entry "from"|"to"). */}}
{{- define "common.networkPeer" -}}
{{- $ := index . 0 -}}
{{- $entry := index . 1 -}}
{{- if $entry.app -}}
podSelector:
  matchLabels:
    app.kubernetes.io/name: {{ $entry.app }}
{{- else if $entry.namespace -}}
namespaceSelector:
  matchLabels:
    kubernetes.io/metadata.name: {{ $entry.namespace }}
{{- else if $entry.cidr -}}
ipBlock:
  cidr: {{ $entry.cidr }}
  {{- with $entry.except }}
  except: {{ toJson . }}
  {{- end }}
{{- else if $entry.database -}}
{{- if dig "database" "external" false ($.Values.global | default dict) -}}
ipBlock:
  cidr: 0.0.0.0/0
{{- else -}}
podSelector:
  matchLabels:
    app.kubernetes.io/name: postgres
{{- end -}}
{{- else -}}
{{- fail (printf "%s: an entry of network.%s names nobody: %s. Use app, namespace, cidr, database or anywhere." $.Chart.Name (index . 2) (toJson $entry)) -}}
{{- end -}}
{{- end -}}
