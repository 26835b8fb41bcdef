package dev.hone.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom: one framework per room, and no way back. */
@AnalyzeClasses(packages = "dev.hone", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule zeebeStaysInItsRoom = noClasses()
            .that()
            .resideOutsideOfPackages("dev.hone.engine.zeebe", "dev.hone.engine.compile", "dev.hone.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.camunda..");

    @ArchTest
    static final ArchRule theCompilerKnowsOnlyTheModelOfBpmn = noClasses()
            .that()
            .resideInAPackage("dev.hone.engine.compile")
            .should()
            .dependOnClassesThat(resideInAPackage("io.camunda..")
                    .and(DescribedPredicate.not(resideInAPackage("io.camunda.zeebe.model.."))));

    @ArchTest
    static final ArchRule theCompilerIsPure = noClasses()
            .that()
            .resideInAPackage("dev.hone.engine.compile")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.hone.engine.work..",
                    "dev.hone.engine.ledger..",
                    "dev.hone.engine.zeebe..",
                    "java.io..",
                    "java.net..",
                    "java.time..");

    @ArchTest
    static final ArchRule droolsStaysInItsRoom = noClasses()
            .that()
            .resideOutsideOfPackage("dev.hone.engine.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.drools..", "org.kie..");

    @ArchTest
    static final ArchRule theDatabaseStaysInItsRoom = noClasses()
            .that()
            .resideOutsideOfPackages("dev.hone.engine.ledger..", "dev.hone.server.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.h2..",
                    "org.jdbi..",
                    "org.flywaydb..",
                    "com.zaxxer..",
                    "org.postgresql..",
                    "java.sql..",
                    "javax.sql..");

    @ArchTest
    static final ArchRule theLanguageKnowsNothingOfTheRest = ours("dev.hone.dsl..");

    @ArchTest
    static final ArchRule theConnectorContractKnowsNothingOfTheRest = ours("dev.hone.connectors.api..");

    @ArchTest
    static final ArchRule theBrokerKnowsNothingOfTheRest = ours("dev.hone.broker..");

    @ArchTest
    static final ArchRule theEngineKnowsNoConnector = noClasses()
            .that()
            .resideInAPackage("dev.hone.engine..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.hone.connectors..")
                    .and(DescribedPredicate.not(resideInAPackage("dev.hone.connectors.api.."))));

    @ArchTest
    static final ArchRule onlyTheEngineItselfPutsTheRoomsTogether = classes()
            .that()
            .resideInAPackage("dev.hone.engine.ledger..")
            .or()
            .resideInAPackage("dev.hone.engine.zeebe..")
            .or()
            .resideInAPackage("dev.hone.engine.rules..")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(
                            "dev.hone.engine", "dev.hone.engine.work..", "dev.hone.engine.compile.."))
                    .as("below them"));

    private static ArchRule ours(String room) {
        DescribedPredicate<JavaClass> elsewhere =
                resideInAPackage("dev.hone..").and(DescribedPredicate.not(resideInAPackage(room)));
        return noClasses().that().resideInAPackage(room).should().dependOnClassesThat(elsewhere);
    }
}
