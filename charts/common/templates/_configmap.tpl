{{/*
What the ConfigMap holds: `config`, and the variables that follow from other values, so that a port
or a grace period is said once.
*/}}
{{- define "common.configData" -}}
{{- range $variable, $value := .Values.config }}
{{ $variable }}: {{ $value | quote }}
{{- end }}
PORT: {{ .Values.port | quote }}
SHUTDOWN_GRACE_MS: {{ mul (include "common.shared" (list . "shutdown") | fromYaml).graceSeconds 1000 | quote }}
{{- end -}}

{{- define "common.configmap" -}}
{{- range $variable := keys (.Values.secrets | default dict) }}
{{- if hasKey ($.Values.config | default dict) $variable }}
{{- fail (printf "%s: config.%s would put a secret into a ConfigMap; it comes from secrets.%s." $.Chart.Name $variable $variable) }}
{{- end }}
{{- end }}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "common.metadata" (list . (printf "%s-config" (include "common.name" .))) | nindent 2 }}
data:
  {{- include "common.configData" . | trim | nindent 2 }}
{{- end -}}
