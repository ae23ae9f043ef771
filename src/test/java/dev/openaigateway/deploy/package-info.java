/** What {@code deploy} holds: the Helm chart, the manifests for Kubernetes, and the queries for Prometheus and Grafana. */
package dev.openaigateway.deploy;
