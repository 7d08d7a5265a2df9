{{/* Service "<name>-service"; `service.nodePort` is used when `service.type` is NodePort. */}}
{{- define "common.service" -}}
{{- if and .Values.service.nodePort (ne .Values.service.type "NodePort") -}}
{{- fail (printf "%s: service.nodePort is set but service.type is %s; make it NodePort, or nodePort null." .Chart.Name .Values.service.type) -}}
{{- end -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "common.metadata" (list . (printf "%s-service" (include "common.name" .))) | nindent 2 }}
  annotations:
    # A port that somebody changed by hand would stay beside git's when Argo CD merges the two.
    argocd.argoproj.io/sync-options: Replace=true
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
