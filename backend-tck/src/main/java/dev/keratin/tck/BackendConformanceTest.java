package dev.keratin.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.ir.Program;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every backend has to pass; see the package for how cases are named and failures are listed. */
public abstract class BackendConformanceTest {
    /** Results of up to this many elements are computed a second time by the same executable. */
    private static final long SMALL = 10_000;

    private final Backend reference = new ReferenceProvider().create();

    /** For extension by a backend's test. */
    protected BackendConformanceTest() {}

    /** The backend under test; may be the same one every time. The suite closes what it takes from it. */
    protected abstract Backend backend();

    /** Takes notice of the programs that the suite will run; a backend that compiles many at once faster may do so here. */
    protected void prepare(Stream<Program> programs) {}

    /** One container for each family, one test for each case. */
    @TestFactory
    Stream<DynamicNode> conformance() {
        Backend backend = backend();
        KnownFailures known = KnownFailures.of(backend.name(), getClass().getClassLoader());
        Map<String, List<Check>> suite = suite(backend);
        requireListedExist(known, suite);
        prepare(CaseTable.families().stream().flatMap(family -> family.cases().stream()).map(each -> each.sketch().program()));
        return suite.entrySet().stream().map(family -> DynamicContainer.dynamicContainer(family.getKey(),
                family.getValue().stream().map(check -> DynamicTest.dynamicTest(check.name(), () -> known.run(check)))));
    }

    private Map<String, List<Check>> suite(Backend backend) {
        Map<String, List<Check>> suite = new LinkedHashMap<>();
        for (Family family : CaseTable.families()) {
            suite.put(family.name(), family.cases().stream()
                    .map(each -> new Check(each.name(), () -> compare(backend, each))).toList());
        }
        suite.put("memory", new MemoryChecks(backend).all());
        suite.put("threads", new ThreadChecks(backend).all());
        suite.put("errors", new ErrorChecks(backend).all());
        return suite;
    }

    private static void requireListedExist(KnownFailures known, Map<String, List<Check>> suite) {
        Set<String> strangers = new HashSet<>(known.names());
        suite.values().forEach(checks -> checks.forEach(check -> strangers.remove(check.name())));
        assertThat(strangers).as("names in %s that no test has", known.file()).isEmpty();
    }

    private void compare(Backend backend, Case each) {
        Sketch sketch = each.sketch();
        Program program = sketch.program();
        List<ByteBuffer> arguments = Runner.arguments(each.name(), program, sketch.values());
        List<Sample> expected;
        try (Runner runner = new Runner(reference, program, arguments)) {
            expected = runner.run();
        }
        try (Runner runner = new Runner(backend, program, arguments)) {
            Runner.compare(program, expected, runner.run(), each.tolerance());
            if (expected.stream().mapToLong(sample -> sample.type().shape().size()).sum() <= SMALL) {
                Runner.compare(program, expected, runner.run(), each.tolerance());
            }
        }
    }
}
