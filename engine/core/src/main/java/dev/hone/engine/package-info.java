/** Make it happen: {@link dev.hone.engine.Engine} deploys workflows, runs them and tells how they ended. */
@NullMarked
package dev.hone.engine;

import org.jspecify.annotations.NullMarked;
