package dev.keratin;

import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.BackendProvider;
import dev.keratin.config.NearMisses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the backend: the first that is set of {@link #use}, the system property {@code keratin.backend}, the
 * environment variable {@code KERATIN_BACKEND} and {@code backend} in {@code ~/.keratin/keratin.json}; else the one with
 * the highest priority of those that can run. Providers are found by {@link ServiceLoader}.
 */
public final class Backends {
    private static final Map<String, Backend> CREATED = new TreeMap<>();
    private static volatile @Nullable Backend current;

    private Backends() {}

    /** The backend that everything runs on; chosen at first use. */
    public static Backend current() {
        Backend chosen = current;
        return chosen != null ? chosen : chooseFirst();
    }

    /**
     * Makes a backend the current one. Tensors and variables of another one are moved over when they are used next.
     *
     * @throws IllegalArgumentException if there is none of this name or it can't run here; the message says why, and
     *     which can
     */
    public static synchronized Backend use(String name) {
        Backend backend = create(name, "Backends.use");
        current = backend;
        return backend;
    }

    /** One line for each backend there is: whether it can run here and on what, or why not; the current one is marked. */
    public static synchronized String describe() {
        return providers().stream().map(Backends::describe).collect(Collectors.joining("\n"));
    }

    /** The names of the backends that can run here, the best one first. */
    public static synchronized List<String> available() {
        return providers().stream().filter(each -> each.unavailableReason().isEmpty()).map(BackendProvider::name).toList();
    }

    private static synchronized Backend chooseFirst() {
        if (current == null) {
            Optional<Configuration.Setting> setting = Configuration.setting("backend");
            current = setting.isPresent()
                    ? create(setting.get().value(), setting.get().origin())
                    : create(bestName(), "Backends");
        }
        return current;
    }

    private static String bestName() {
        return available().stream().findFirst().orElseThrow(() -> new IllegalStateException(
                "Backends: at least one backend that can run is required on the class path. Received:\n" + describe()
                        + "\nAdd the module backend-native-cpu, or backend-spi for the plain \"java\" backend."));
    }

    private static Backend create(String name, String origin) {
        Backend known = CREATED.get(name);
        if (known != null) {
            return known;
        }
        Optional<BackendProvider> provider = providers().stream().filter(each -> each.name().equals(name)).findFirst();
        if (provider.isEmpty() || provider.get().unavailableReason().isPresent()) {
            throw new IllegalArgumentException(refusal(name, origin));
        }
        Backend created = provider.get().create();
        CREATED.put(name, created);
        return created;
    }

    private static String refusal(String name, String origin) {
        List<String> usable = available();
        String others = providers().stream().filter(each -> each.unavailableReason().isPresent())
                .map(each -> quoted(each.name()) + " (" + each.unavailableReason().orElseThrow() + ")")
                .collect(Collectors.joining(", "));
        Optional<String> best = usable.stream().findFirst();
        boolean known = providers().stream().anyMatch(each -> each.name().equals(name));
        return origin + ": a backend that can run here is required. Received: " + quoted(name) + ". Available: "
                + usable.stream().map(Backends::quoted).collect(Collectors.joining(", ")) + "."
                + (others.isEmpty() ? "" : " Not usable: " + others + ".")
                + (known ? "" : " " + NearMisses.hint(name, providers().stream().map(BackendProvider::name).toList()))
                + best.map(first -> " Choose one with -Dkeratin.backend=" + first + ".").orElse("");
    }

    private static String describe(BackendProvider provider) {
        Backend created = CREATED.get(provider.name());
        boolean chosen = created != null && created == current;
        String state = provider.unavailableReason().map(reason -> "not usable: " + reason)
                .orElseGet(() -> create(provider.name(), "Backends").describe());
        return (chosen ? "* " : "  ") + provider.name() + ": " + state;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static List<BackendProvider> providers() {
        List<BackendProvider> found = new ArrayList<>();
        ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).forEach(found::add);
        found.sort(Comparator.comparingInt(BackendProvider::priority).reversed());
        return found;
    }
}
