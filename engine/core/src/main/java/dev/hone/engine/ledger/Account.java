package dev.hone.engine.ledger;

import java.time.LocalDate;

/**
 * Whose money a run spends, and how much of it there is on a day, beside the run's own limits.
 *
 * @param tenant whose runs are counted together
 * @param day of UTC
 * @param ofTenant what the tenant's runs may spend on it
 * @param ofAll what all runs may spend on it
 */
public record Account(String tenant, LocalDate day, Limits ofTenant, Limits ofAll) {

    public Account {
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException("a tenant has a name");
        }
    }
}
