/** Tests of the route files: form, schema, beans, and the rules in the documentation. */
package dev.openaigateway.routes;
