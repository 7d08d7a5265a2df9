{{/* Security of a pod: the "restricted" pod security standard. */}}
{{- define "common.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ .Values.uid | default 65532 }}
runAsGroup: {{ .Values.uid | default 65532 }}
fsGroup: {{ .Values.uid | default 65532 }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* Security of a container: it can write to its emptyDirs only. */}}
{{- define "common.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Environment variables that come from Secrets, from `secrets`: VARIABLE: {name, key, optional}. */}}
{{- define "common.secretEnv" -}}
{{- range $variable, $secret := .Values.secrets }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ required (printf "%s: secrets.%s.name is empty; it names the Secret that holds %s." $.Chart.Name $variable $variable) $secret.name }}
      key: {{ $secret.key | default $variable }}
      {{- if $secret.optional }}
      optional: true
      {{- end }}
{{- end }}
{{- end -}}

{{/* Writable folders, from `writable`: name: {path, size}. */}}
{{- define "common.volumeMounts" -}}
{{- range $name, $folder := .Values.writable }}
- name: {{ $name }}
  mountPath: {{ $folder.path }}
{{- end }}
{{- end -}}

{{- define "common.volumes" -}}
{{- range $name, $folder := .Values.writable }}
- name: {{ $name }}
  emptyDir:
    sizeLimit: {{ $folder.size }}
{{- end }}
{{- end -}}
