package dev.keratin.bench;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/** The modules by their packages, and what each may use: the arrows of the design, with their shortcuts. */
final class Modules {
    private static final String SPI = "dev.keratin.backend";
    private static final String TCK = "dev.keratin.tck";
    private static final String CPU = "dev.keratin.backend.cpu";
    private static final String CUDA = "dev.keratin.backend.cuda";
    private static final String API = "dev.keratin";
    private static final String LAYERS = "dev.keratin.layers";
    private static final String MODELS = "dev.keratin.models";
    private static final String APPLICATIONS = "dev.keratin.applications";
    private static final String HDF5 = "dev.keratin.io";
    private static final String TUTORIALS = "dev.keratin.tutorials";
    private static final String BENCH = "dev.keratin.bench";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry(SPI, Set.of()),
            Map.entry(TCK, Set.of(SPI)),
            Map.entry(CPU, Set.of(SPI)),
            Map.entry(CUDA, Set.of(SPI)),
            Map.entry(API, Set.of(SPI)),
            Map.entry(LAYERS, Set.of(SPI, API)),
            Map.entry(MODELS, Set.of(SPI, API, LAYERS)),
            Map.entry(HDF5, Set.of(SPI, API, LAYERS, MODELS)),
            Map.entry(APPLICATIONS, Set.of(SPI, API, LAYERS, MODELS)),
            Map.entry(TUTORIALS, Set.of(SPI, CPU, API, LAYERS, MODELS, HDF5, APPLICATIONS)),
            Map.entry(BENCH, Set.of(SPI, CPU, CUDA, API, LAYERS, MODELS, HDF5, APPLICATIONS)));

    private Modules() {}

    /** The module that a class belongs to, named by its topmost package. */
    static String of(JavaClass type) {
        String name = type.getPackageName() + ".";
        return MAY_USE.keySet().stream()
                .filter(module -> name.startsWith(module + "."))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " is in no module"));
    }

    /** Uses own classes of the same module and of those below it only. */
    static ArchCondition<JavaClass> useOnlyModulesBelow() {
        return new ArchCondition<>("use only modules below their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isUpward(type, dependency))
                        .forEach(dependency -> events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }

    private static boolean isUpward(JavaClass type, Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.getPackageName().startsWith(API)) {
            return false;
        }
        String from = of(type);
        String to = of(target);
        return !from.equals(to) && !MAY_USE.get(from).contains(to);
    }
}
