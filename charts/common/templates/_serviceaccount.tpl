{{/* An identity without a token: no service talks to the Kubernetes API. */}}
{{- define "common.serviceaccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "common.metadata" (list . (include "common.name" .)) | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}
