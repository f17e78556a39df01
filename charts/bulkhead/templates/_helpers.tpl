{{/* The name of everything that belongs to this release; "bulkhead" for a release of that name. */}}
{{- define "bulkhead.fullname" -}}
{{- if contains "bulkhead" .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-bulkhead" .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "bulkhead.selectorLabels" -}}
app.kubernetes.io/name: bulkhead
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "bulkhead.labels" -}}
{{ include "bulkhead.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "bulkhead.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/*
The version of admissionregistration.k8s.io that serves MutatingAdmissionPolicy, empty where none does. By the server's version as
well as by its list of kinds, because `helm template` without a cluster knows only the former.
*/}}
{{- define "bulkhead.identityVersion" -}}
{{- if or (.Capabilities.APIVersions.Has "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy") (semverCompare ">=1.36-0" .Capabilities.KubeVersion.Version) -}}
v1
{{- else if .Capabilities.APIVersions.Has "admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicy" -}}
v1beta1
{{- end -}}
{{- end -}}

{{/* Whether the console listens to others than its own pod. */}}
{{- define "bulkhead.consoleIsShared" -}}
{{- if and .Values.console.enabled .Values.console.tls.secretName }}true{{ end }}
{{- end }}

{{/* What a service account means where no admission policy vouches for it. */}}
{{- define "bulkhead.withoutIdentity" -}}
a service account means the workloads that run under it, by their labels, and statuses say Asserted instead of
Verified. A Segment with identity: Verified opens nothing on labels alone.
{{- end }}
