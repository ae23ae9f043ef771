/** The sources of Camel's properties: the file in the jar, that of the profile, and the settings. */
package dev.openaigateway.app.properties;
