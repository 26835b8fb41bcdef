package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Any program. */
final class Programs extends DomainContextBase {

    @Provide
    Arbitrary<Program> programs() {
        return Arbitraries.of(Op.class)
                .list()
                .ofMinSize(1)
                .ofMaxSize(Program.MAX_LENGTH)
                .map(Program::new);
    }
}
