{{/* Service "<name>-service"; `service.nodePort` is used when `service.type` is NodePort. */}}
{{- define "common.service" -}}
{{- if and .Values.service.nodePort (ne .Values.service.type "NodePort") -}}
{{- fail (printf "%s: service.nodePort is set but service.type is %s; make it NodePort, or nodePort null." .Chart.Name .Values.service.type) -}}
{{- end -}}
apiVersion: v1
kind: Service
metadata:
  {{- $name := printf "%s-service" (include "common.name" .) }}
  {{- include "common.metadata" (list . $name (include "common.replaced" . | fromYaml)) | nindent 2 }}
spec:
  type: {{ .Values.service.type }}
  selector:
    {{- include "common.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .Values.port }}
      targetPort: http
      protocol: TCP
      appProtocol: http
      {{- with .Values.service.nodePort }}
      nodePort: {{ . }}
      {{- end }}
{{- end -}}
