/** What members of responses and events say of errors, read as they come. Depends on nothing. */
package dev.openaigateway.openai.response.errors;
