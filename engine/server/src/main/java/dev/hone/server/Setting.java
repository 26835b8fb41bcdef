package dev.hone.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that an operator can set.
 *
 * @param otherwise its value where nobody sets it
 * @param what it is, in a few words
 */
record Setting(String name, String otherwise, String what) {

    private static final String NONE = "-";

    /** In the order in which they are printed. */
    static final List<Setting> ALL = List.of(
            new Setting("hone.host", "127.0.0.1", "where to listen"),
            new Setting("hone.port", "8080", "0 takes a free one"),
            new Setting("hone.max-request-size", "4MB", "of a body"),
            new Setting("hone.data-dir", ".hone", "ledger, broker and log"),
            new Setting("hone.db", NONE, "jdbc:postgresql://host:port/name; else a file"),
            new Setting("hone.db-user", NONE, "of the database"),
            new Setting("hone.db-password-variable", NONE, "of the environment: the database's password"),
            new Setting("hone.zeebe", NONE, "a Zeebe gateway; else an embedded broker"),
            new Setting("hone.workers", "256", "steps at a time"),
            new Setting("hone.trusted", "false", "whether rules in DRL are taken"),
            new Setting("hone.prices", NONE, "a file with what models cost"),
            new Setting("hone.limits", NONE, "a file with limits of rates and days"),
            new Setting("hone.call-timeout", "10m", "of a call of a model or a tool"),
            new Setting("hone.heartbeat", "15s", "to those who listen to events"),
            new Setting("hone.lease", "60s", "after which others take a dead node's steps"),
            new Setting("hone.shutdown-grace", "10s", "for calls in progress when it stops"),
            new Setting("hone.offer.catalogue", "true", "whether the catalogue's workflows are models and tools"),
            new Setting("hone.offer.keep-abandoned", "false", "whether runs go on whose caller has gone away"),
            new Setting("hone.offer.heartbeat", "15s", "of streams while nothing happens"),
            new Setting("hone.evals.at-once", "4", "evaluations that a node works on"),
            new Setting("hone.evals.per-tenant", "20", "evaluations that wait or run"),
            new Setting("hone.evals.most-runs", "20000", "of an evaluation"),
            new Setting("hone.security.auth", "false", "whether callers need a key"),
            new Setting("hone.security.admin-key-variable", "HONE_ADMIN_KEY", "of the environment: the operator's key"),
            new Setting("hone.security.roles-claim", "roles", "of a JWT"),
            new Setting("hone.security.tenant-claim", "tenant", "of a JWT"),
            new Setting("hone.security.requests-per-minute", "0", "of a key; 0 is no limit"),
            new Setting("hone.security.refusals-per-minute", "60", "of an address's bad keys; 0 is no limit"),
            new Setting("hone.security.jwt.issuer", NONE, "whose JWTs are taken"),
            new Setting("hone.security.jwt.audience", NONE, "for whom they are meant"),
            new Setting("hone.security.jwt.jwks-url", NONE, "where the issuer's public keys are"),
            new Setting("hone.security.jwt.secret", NONE, "or env:NAME of what the issuer signs with"),
            new Setting("hone.allow.tools", NONE, "of command and external, those that callers may use"),
            new Setting("hone.allow.base-urls", NONE, "hosts that a model's baseUrl may name"),
            new Setting("hone.allow.secrets", NONE, "variables that a model's key may name"),
            new Setting("hone.allow.private-webhooks", "false", "whether webhooks reach private addresses"),
            new Setting("hone.webhooks.master-key-variable", "HONE_WEBHOOK_KEY", "of the environment; else a file"),
            new Setting("hone.webhooks.first-retry", "5s", "after it, four times as long each time"),
            new Setting("hone.webhooks.attempts", "10", "until a message is dead"),
            new Setting("hone.webhooks.timeout", "15s", "of one attempt"));

    static Optional<Setting> of(String name) {
        return ALL.stream().filter(setting -> setting.name.equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Setting::name).toList();
    }

    /** As the environment names it. */
    String variable() {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Without the password that an address may hold. */
    String shown(String value) {
        return value.replaceAll("//[^/@\\s]*@", "//***@").replaceAll("(?i)(password=)[^&;\\s]*", "$1***");
    }
}
