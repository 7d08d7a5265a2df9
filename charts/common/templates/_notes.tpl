{{/* What "helm install" prints for a service. */}}
{{- define "common.notes" -}}
{{- $name := include "common.name" . -}}
{{ $name }} is being rolled out in namespace {{ .Release.Namespace }}.

  Wait for it:     kubectl -n {{ .Release.Namespace }} rollout status deployment/{{ $name }}
  {{- with .Values.service }}
  In the cluster:  http://{{ $name }}-service:{{ $.Values.port }}
  {{- with .nodePort }}
  On the node:     port {{ . }}
  {{- end }}
  {{- end }}
  From here:       kubectl -n {{ .Release.Namespace }} port-forward deployment/{{ $name }} {{ .Values.port }}
  Logs:            kubectl -n {{ .Release.Namespace }} logs deployment/{{ $name }}
{{- with .Values.secrets }}

The pods need these Secrets in the namespace ("npm run up" makes them):
{{- range $variable, $secret := . }}
  {{ $secret.name }} with key {{ $secret.key | default $variable }}{{ if $secret.optional }} (optional){{ end }}
{{- end }}
{{- end }}
{{- end -}}
