{{- define "locust.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "locust.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "locust.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "locust.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "locust.selectorLabels" -}}
app.kubernetes.io/name: {{ include "locust.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
load_test: {{ .Values.loadtest.name }}
{{- end -}}

{{- define "locust.labels" -}}
{{ include "locust.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.extraLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "locust.locustfileConfigMap" -}}
{{- default (printf "%s-locustfile" (include "locust.fullname" .)) .Values.loadtest.locust_locustfile_configmap -}}
{{- end -}}

{{- define "locust.secretName" -}}
{{- include "locust.fullname" . -}}
{{- end -}}

{{- define "locust.basePath" -}}
{{- $path := "" -}}
{{- with .Values.loadtest.environment -}}{{- $path = default "" .LOCUST_WEB_BASE_PATH -}}{{- end -}}
{{- with .Values.master.environment -}}{{- $path = default $path .LOCUST_WEB_BASE_PATH -}}{{- end -}}
{{- trimSuffix "/" $path -}}
{{- end -}}

{{/* The environment of master and workers. Takes a dict with root and the part (master or worker). */}}
{{- define "locust.environment" -}}
{{- $root := .root -}}
- name: LOCUST_HOST
  value: {{ $root.Values.loadtest.locust_host | quote }}
- name: LOCUST_LOCUSTFILE
  value: {{ printf "%s/%s" $root.Values.loadtest.locust_locustfile_path $root.Values.loadtest.locust_locustfile | quote }}
- name: LOCUST_LOGLEVEL
  value: {{ .part.logLevel | quote }}
{{- with $root.Values.loadtest.pip_packages }}
- name: PIP_PACKAGES
  value: {{ join " " . | quote }}
{{- end }}
{{- with $root.Values.loadtest.tags }}
- name: LOCUST_TAGS
  value: {{ . | quote }}
{{- end }}
{{- with $root.Values.loadtest.excludeTags }}
- name: LOCUST_EXCLUDE_TAGS
  value: {{ . | quote }}
{{- end }}
{{- range $name, $value := $root.Values.loadtest.environment }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- range $name, $value := $root.Values.loadtest.environment_secret }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "locust.secretName" $root }}
      key: {{ $name }}
{{- end }}
{{- range $secret, $keys := $root.Values.loadtest.environment_external_secret }}
{{- range $key := $keys }}
- name: {{ $key }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
{{- end }}
{{- end }}
{{- range $name, $value := .part.environment }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- define "locust.volumeMounts" -}}
- name: locustfile
  mountPath: {{ .Values.loadtest.locust_locustfile_path }}
  readOnly: true
{{- if .Values.loadtest.locust_lib_configmap }}
- name: lib
  mountPath: {{ .Values.loadtest.locust_locustfile_path }}/lib
  readOnly: true
{{- end }}
{{- range $name, $path := .Values.extraConfigMaps }}
- name: {{ $name }}
  mountPath: {{ $path }}
  readOnly: true
{{- end }}
{{- range $secret, $keys := .Values.loadtest.mount_external_secret.files }}
- name: secret-{{ $secret }}
  mountPath: {{ $.Values.loadtest.mount_external_secret.mountPath }}/{{ $secret }}
  readOnly: true
{{- end }}
- name: tmp
  mountPath: /tmp
{{- end -}}

{{- define "locust.volumes" -}}
- name: locustfile
  configMap:
    name: {{ include "locust.locustfileConfigMap" . }}
{{- with .Values.loadtest.locust_lib_configmap }}
- name: lib
  configMap:
    name: {{ . }}
{{- end }}
{{- range $name, $path := .Values.extraConfigMaps }}
- name: {{ $name }}
  configMap:
    name: {{ $name }}
{{- end }}
{{- range $secret, $keys := .Values.loadtest.mount_external_secret.files }}
- name: secret-{{ $secret }}
  secret:
    secretName: {{ $secret }}
    items:
      {{- range $keys }}
      - key: {{ . }}
        path: {{ . }}
      {{- end }}
{{- end }}
- name: tmp
  emptyDir: {}
{{- end -}}

{{/* Where pods may run: the part's own choice, else the common one. */}}
{{- define "locust.placement" -}}
{{- with default .root.Values.nodeSelector .part.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with default .root.Values.tolerations .part.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with default .root.Values.affinity .part.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "locust.image" -}}
{{- if .part.image -}}
{{ .part.image }}
{{- else -}}
{{ .root.Values.image.repository }}:{{ default .root.Chart.AppVersion .root.Values.image.tag }}
{{- end -}}
{{- end -}}

{{/* Pods start anew when these change. A ConfigMap that is not the chart's own is not seen: kubectl rollout restart. */}}
{{- define "locust.podAnnotations" -}}
checksum/locustfile: {{ include (print .root.Template.BasePath "/configmap-locustfile.yaml") .root | sha256sum }}
{{- if or .root.Values.loadtest.environment_secret .root.Values.master.auth.enabled }}
checksum/secret: {{ include (print .root.Template.BasePath "/secret.yaml") .root | sha256sum }}
{{- end }}
{{- with .part.annotations }}
{{ toYaml . }}
{{- end }}
{{- end -}}
