package dev.keratin.backend.cuda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine that is told: 64-bit x86 Linux with the files that it is given. */
final class FakeHost implements Host.HostFiles {
    private final Map<String, String> properties = new HashMap<>(Map.of("os.name", "Linux", "os.arch", "amd64"));
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final Map<String, String> refusals = new HashMap<>();

    FakeHost property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    FakeHost variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Files with nothing in them. */
    FakeHost files(String... files) {
        List.of(files).forEach(file -> contents.put(file, ""));
        return this;
    }

    FakeHost file(String file, String content) {
        contents.put(file, content);
        return this;
    }

    /** A link to a file of another name. */
    FakeHost link(String file, String name) {
        links.put(file, name);
        return files(file);
    }

    /** A file that can't be opened. */
    FakeHost closed(String file, String refusal) {
        refusals.put(file, refusal);
        return files(file);
    }

    /** The linker's list of these libraries. */
    FakeHost linker(String... libraries) {
        return file("/etc/ld.so.cache", String.join("\0", libraries) + "\0");
    }

    Host host() {
        return new Host(properties::get, variables::get, this);
    }

    @Override
    public boolean exists(String file) {
        return contents.containsKey(file) || contents.keySet().stream().anyMatch(each -> each.startsWith(file + "/"));
    }

    @Override
    public String content(String file) {
        return contents.getOrDefault(file, "");
    }

    @Override
    public List<String> names(String folder) {
        return contents.keySet().stream().filter(each -> each.startsWith(folder + "/"))
                .map(each -> each.substring(folder.length() + 1).split("/")[0]).distinct().toList();
    }

    @Override
    public Optional<String> refusal(String file) {
        return Optional.ofNullable(refusals.get(file));
    }

    @Override
    public String realName(String file) {
        return links.getOrDefault(file, file.substring(file.lastIndexOf('/') + 1));
    }
}
