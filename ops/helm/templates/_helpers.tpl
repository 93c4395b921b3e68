{{- define "kim.labels" -}}
app.kubernetes.io/name: kim
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "kim.chosen" -}}
app.kubernetes.io/name: kim
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "kim.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "kim.secret" -}}
{{ .Values.existingSecret | default (printf "%s-kim" .Release.Name) }}
{{- end }}

{{- define "kim.environment" -}}
envFrom:
  - configMapRef:
      name: {{ .Release.Name }}-kim
  - secretRef:
      name: {{ include "kim.secret" . }}
{{- end }}

{{- define "kim.pod" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile:
    type: RuntimeDefault
automountServiceAccountToken: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "kim.closed" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{- define "kim.mounts" -}}
volumeMounts:
  - {name: home, mountPath: /var/lib/kim}
  - {name: pages, mountPath: /var/cache/kim}
  - {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "kim.volumes" -}}
volumes:
  - name: home
    emptyDir: {}
  - name: pages
    emptyDir: {}
  - name: tmp
    emptyDir: {}
{{- end }}
