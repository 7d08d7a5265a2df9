{{/*
Ingress from `ingress`; `global.ingress` wins, so that an environment says hosts and class once.
*/}}
{{- define "common.ingress" -}}
{{- $ingress := include "common.shared" (list . "ingress") | fromYaml -}}
{{- if $ingress.enabled -}}
{{- if not $ingress.hosts -}}
{{- fail (printf "%s: ingress is enabled but ingress.hosts is empty." .Chart.Name) -}}
{{- end -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  {{- include "common.metadata" (list . (include "common.name" .)) | nindent 2 }}
spec:
  ingressClassName: {{ $ingress.className }}
  {{- with $ingress.tlsSecret }}
  tls:
    - hosts: {{ toJson $ingress.hosts }}
      secretName: {{ . }}
  {{- end }}
  rules:
    {{- range $ingress.hosts }}
    - host: {{ . }}
      http:
        paths:
          - path: {{ $ingress.path }}
            pathType: Prefix
            backend:
              service:
                name: {{ include "common.name" $ }}-service
                port:
                  name: http
    {{- end }}
{{- end -}}
{{- end -}}
