{{/*
A Job that runs once for each content of its pod: the pod's hash is in its name, so a new image or
setting is a new Job, and an unchanged one is left alone. It has no TTL: a Job that deletes itself
would be made, and run, again.
*/}}
{{- define "common.job" -}}
{{- $pod := include "common.jobPod" . -}}
apiVersion: batch/v1
kind: Job
metadata:
  {{- include "common.metadata" (list . (printf "%s-%s" (include "common.name" .) ($pod | sha256sum | trunc 10))) | nindent 2 }}
spec:
  backoffLimit: {{ .Values.backoffLimit }}
  template:
    {{- $pod | nindent 4 }}
{{- end -}}

{{- define "common.jobPod" -}}
{{- $name := include "common.name" . -}}
metadata:
  labels:
    {{- include "common.podLabels" . | nindent 4 }}
spec:
  serviceAccountName: {{ $name }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  restartPolicy: OnFailure
  securityContext:
    {{- include "common.podSecurityContext" . | nindent 4 }}
  containers:
    - name: {{ $name }}
      image: {{ include "common.image" . }}
      imagePullPolicy: IfNotPresent
      env:
        {{- range $variable, $value := .Values.config }}
        - name: {{ $variable }}
          value: {{ $value | quote }}
        {{- end }}
        {{- include "common.secretEnv" . | trim | nindent 8 }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        {{- include "common.containerSecurityContext" . | nindent 8 }}
      {{- with include "common.volumeMounts" . | trim }}
      volumeMounts:
        {{- . | nindent 8 }}
      {{- end }}
  {{- with include "common.volumes" . | trim }}
  volumes:
    {{- . | nindent 4 }}
  {{- end }}
{{- end -}}
