/** What members of responses and events say of errors, read as they come, and the items of a response of its end. Depends on nothing. */
package dev.openaigateway.openai.response.errors;
