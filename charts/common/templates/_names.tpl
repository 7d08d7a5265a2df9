{{/*
Names are the chart's own and carry no release prefix: other services, Secrets and policies find
them by these names, whatever the release is called.
*/}}
{{- define "common.name" -}}
{{ .Chart.Name }}
{{- end -}}

{{/* What selects the pods. Immutable in a Deployment, so it holds nothing that ever changes. */}}
{{- define "common.selectorLabels" -}}
app.kubernetes.io/name: {{ include "common.name" . }}
{{- end -}}

{{/* Labels of a pod: no version and no chart version, or each new one would restart the pods. */}}
{{- define "common.podLabels" -}}
{{ include "common.selectorLabels" . }}
app.kubernetes.io/part-of: todo-chatbot
{{- end -}}

{{- define "common.labels" -}}
{{ include "common.podLabels" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/*
metadata of an object: name, namespace, labels, annotations, and the sync wave when the chart has one.
Takes (list $ "name"), or (list $ "name" (dict "annotation" "value")).
*/}}
{{- define "common.metadata" -}}
{{- $ := index . 0 -}}
{{- $annotations := dict -}}
{{- if gt (len .) 2 }}{{ $annotations = deepCopy (index . 2) }}{{ end -}}
{{- with $.Values.syncWave }}{{ $_ := set $annotations "argocd.argoproj.io/sync-wave" (toString .) }}{{ end -}}
name: {{ index . 1 }}
namespace: {{ $.Release.Namespace }}
labels:
  {{- include "common.labels" $ | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
Annotation of Services: a port that somebody changed by hand would stay beside git's when Argo CD
merges the two.
*/}}
{{- define "common.replaced" -}}
argocd.argoproj.io/sync-options: Replace=true
{{- end -}}

{{/*
A map of values that an environment may say once for all services: what `global` has wins, key by
key. Takes (list $ "rollingUpdate"); gives YAML.
*/}}
{{- define "common.shared" -}}
{{- $ := index . 0 -}}
{{- $key := index . 1 -}}
{{- mergeOverwrite (deepCopy (index $.Values $key)) (dig $key dict ($.Values.global | default dict)) | toYaml -}}
{{- end -}}
