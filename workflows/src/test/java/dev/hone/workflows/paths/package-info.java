/** What is needed to drive a workflow down every one of its paths: models, tools and people that say what a test wants. */
@NullMarked
package dev.hone.workflows.paths;

import org.jspecify.annotations.NullMarked;
