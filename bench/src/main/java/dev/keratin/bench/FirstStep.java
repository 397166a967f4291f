package dev.keratin.bench;

import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.verbose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keratin.data.Batch;
import dev.keratin.models.Model;
import dev.keratin.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./keratin bench --first-step}: how long {@code fit} takes until its first step runs, in a JVM that has run none:
 * the step is traced, differentiated, optimised and compiled. Read from the trace that a {@link Profile} writes.
 */
final class FirstStep {
    private static final int STEPS = 3;
    private static final double MICROSECOND = 1e-6;

    private FirstStep() {}

    /** One line: from the call of fit, when the first step starts and ends, and how long the last of three takes. */
    static String of(Workload workload) throws IOException {
        Path file = Files.createTempFile("keratin", ".json");
        try (Batch data = workload.withBatch(STEPS * workload.batch()).data()) {
            Model model = workload.trainable();
            Profile profile = Profile.start(file);
            Profile.Span fit = Profile.span("fit");
            model.fit(data.x(), data.y(), batchSize(workload.batch()), verbose(0));
            fit.close();
            profile.close();
            return workload.name() + line(file);
        } finally {
            Files.delete(file);
        }
    }

    private static String line(Path file) throws IOException {
        List<JsonNode> spans = new ArrayList<>();
        new ObjectMapper().readTree(file.toFile()).forEach(spans::add);
        double fit = start(only(spans, "fit").get(0));
        double compiled = end(only(spans, "compile").get(0));
        double starts = only(spans, "program").stream().mapToDouble(FirstStep::start).filter(at -> at >= compiled).min().orElseThrow();
        List<JsonNode> steps = only(spans, "train step");
        JsonNode last = steps.get(STEPS - 1);
        return String.format(Locale.ROOT, " first step starts after %.2f s, ends after %.2f s; the third takes %.3f s",
                starts - fit, end(steps.get(0)) - fit, end(last) - start(last));
    }

    private static List<JsonNode> only(List<JsonNode> spans, String name) {
        return spans.stream().filter(span -> span.path("name").asText().equals(name)).toList();
    }

    private static double start(JsonNode span) {
        return span.get("ts").asDouble() * MICROSECOND;
    }

    private static double end(JsonNode span) {
        return (span.get("ts").asDouble() + span.get("dur").asDouble()) * MICROSECOND;
    }
}
