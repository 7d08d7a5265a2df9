{{/*
Deployment of a service. A changed ConfigMap restarts the pods through its checksum; with an HPA
the replica count is the HPA's.
*/}}
{{- define "common.deployment" -}}
{{- $name := include "common.name" . -}}
{{- $shutdown := include "common.shared" (list . "shutdown") | fromYaml -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "common.metadata" (list . $name) | nindent 2 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  progressDeadlineSeconds: 120
  selector:
    matchLabels:
      {{- include "common.selectorLabels" . | nindent 6 }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      {{- include "common.shared" (list . "rollingUpdate") | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "common.podLabels" . | nindent 8 }}
      annotations:
        checksum/config: {{ include "common.configData" . | sha256sum }}
    spec:
      serviceAccountName: {{ $name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      # Readiness fails for the grace period, then running requests get time to end.
      terminationGracePeriodSeconds: {{ add $shutdown.graceSeconds $shutdown.drainSeconds 2 }}
      securityContext:
        {{- include "common.podSecurityContext" . | nindent 8 }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "common.selectorLabels" . | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
      containers:
        - name: {{ $name }}
          image: {{ include "common.image" . }}
          imagePullPolicy: IfNotPresent
          ports:
            - name: http
              containerPort: {{ .Values.port }}
              protocol: TCP
          envFrom:
            - configMapRef:
                name: {{ $name }}-config
          {{- with include "common.secretEnv" . | trim }}
          env:
            {{- . | nindent 12 }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "common.containerSecurityContext" . | nindent 12 }}
          {{- include "common.probes" . | nindent 10 }}
          {{- with include "common.volumeMounts" . | trim }}
          volumeMounts:
            {{- . | nindent 12 }}
          {{- end }}
      {{- with include "common.volumes" . | trim }}
      volumes:
        {{- . | nindent 8 }}
      {{- end }}
{{- end -}}
