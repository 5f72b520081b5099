{{- define "signoff.labels" -}}
app.kubernetes.io/name: signoff
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "signoff.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
envFrom:
  - secretRef: { name: {{ .Values.settingsSecret }} }
env:
  - { name: SIGNOFF_ENV, value: production }
  - { name: SIGNOFF_FOLDER, value: /var/lib/signoff }
  - { name: SIGNOFF_OPERATION_HOST, value: 0.0.0.0 }
  - { name: SIGNOFF_OPERATION_PORT, value: "{{ .Values.operation.port }}" }
  - { name: SIGNOFF_DRAIN_SECONDS, value: "{{ .Values.drainSeconds }}" }
  {{- range $name, $value := .Values.settings }}
  - { name: {{ $name }}, value: "{{ $value }}" }
  {{- end }}
livenessProbe:
  httpGet: { path: /healthz, port: operation }
  periodSeconds: 10
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /readyz, port: operation }
  periodSeconds: 5
  failureThreshold: 1
startupProbe:
  httpGet: { path: /healthz, port: operation }
  periodSeconds: 5
  failureThreshold: 60
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  runAsUser: 10001
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: folder, mountPath: /var/lib/signoff }
  - { name: tmp, mountPath: /tmp }
{{- end }}
{{- define "signoff.volumes" -}}
- { name: folder, emptyDir: {} }
- { name: tmp, emptyDir: {} }
{{- end }}
