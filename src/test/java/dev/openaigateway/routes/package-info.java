/** The route files as an integration team finds them. */
package dev.openaigateway.routes;
