{{/*
The image's full name. `global.image.registry` wins over the chart's own registry, so that an
environment names its registry once.
*/}}
{{- define "common.image" -}}
{{- $name := include "common.name" . -}}
{{- $image := .Values.image -}}
{{- $registry := dig "image" "registry" $image.registry (.Values.global | default dict) -}}
{{- if not $image.tag -}}
{{- fail (printf "%s: image.tag is empty. gitops/environments/<env>/images.yaml sets it (npx nx g @todo/workspace:values writes that file); by hand: --set-string image.tag=<tag>, or %s.image.tag in the umbrella chart." $name $name) -}}
{{- end -}}
{{- if eq $image.tag "latest" -}}
{{- fail (printf "%s: image.tag is \"latest\". A tag must name one image for ever; use the hash that docker-build gives." $name) -}}
{{- end -}}
{{- printf "%s/%s:%s" $registry $image.repository $image.tag -}}
{{- end -}}
