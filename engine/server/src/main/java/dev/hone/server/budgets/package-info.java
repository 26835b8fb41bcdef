/** What tenants may spend on a day, and have spent. */
@NullMarked
package dev.hone.server.budgets;

import org.jspecify.annotations.NullMarked;
