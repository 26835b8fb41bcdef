/** Zeebe without an installation: unpacked from this jar, run in a child process that dies with its parent. */
@NullMarked
package dev.hone.broker;

import org.jspecify.annotations.NullMarked;
