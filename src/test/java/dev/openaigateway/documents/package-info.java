/** The documents of the project: their tables, their links, and what their commands print. */
package dev.openaigateway.documents;
