/** The workflows of the catalogue on chat models, as their READMEs say to change them. */
@NullMarked
package dev.hone.workflows.chat;

import org.jspecify.annotations.NullMarked;
