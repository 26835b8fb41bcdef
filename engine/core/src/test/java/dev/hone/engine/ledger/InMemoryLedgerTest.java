package dev.hone.engine.ledger;

class InMemoryLedgerTest extends LedgerContract {
    @Override
    Ledger open() {
        return Ledger.inMemory();
    }
}
