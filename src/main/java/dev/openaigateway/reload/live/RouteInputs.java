package dev.openaigateway.reload.live;

import org.apache.camel.AsyncProcessor;

import java.util.Map;

/**
 * The routes of one version by the URIs that they begin with.
 *
 * @param added entry points for those URIs that the version before did not have
 */
record RouteInputs(Map<String, AsyncProcessor> byUri, Map<String, EntryPoint> added) {
}
