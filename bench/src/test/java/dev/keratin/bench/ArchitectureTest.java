package dev.keratin.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of the architecture; there are no exemptions. */
class ArchitectureTest {
    private static final String TEST_CLASSES =
            ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    /** Classes of this module's tests, and those of others that it uses, in a folder or a jar. */
    private static final ImportOption NO_TESTS = location -> !location.contains(TEST_CLASSES) && !location.contains("/test-classes/")
            && !location.contains("-tests.jar");
    private static final JavaClasses KERATIN =
            new ClassFileImporter().withImportOption(NO_TESTS).importPackages("dev.keratin");

    @Test
    void classes_ofEveryModule_areSeenHere() {
        assertThat(KERATIN.stream().map(Modules::of).collect(Collectors.toSet())).hasSize(11);
    }

    @Test
    void packages_ofAllModules_formNoCycle() {
        slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles().check(KERATIN);
    }

    @Test
    void modules_everywhere_useOnlyModulesBelow() {
        classes().should(Modules.useOnlyModulesBelow()).check(KERATIN);
    }

    @Test
    void layersModelsAndFormats_everywhere_nameNoBackend() {
        noClasses().that().resideInAnyPackage("dev.keratin.layers..", "dev.keratin.models..", "dev.keratin.io..",
                        "dev.keratin.applications..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("dev.keratin.backend.cpu..", "dev.keratin.backend.cuda..", "dev.keratin.backend.reference..")
                .check(KERATIN);
    }

    private static final class PackageSlices implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
