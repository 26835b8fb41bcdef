/** Models over HTTP. */
@NullMarked
package dev.hone.server.models;

import org.jspecify.annotations.NullMarked;
