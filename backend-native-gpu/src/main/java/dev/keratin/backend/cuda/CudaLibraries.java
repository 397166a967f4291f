package dev.keratin.backend.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where NVIDIA's libraries lie: in the folders of {@code keratin.cuda.libraries}, of {@code LD_LIBRARY_PATH}, of
 * {@code CUDA_HOME}, where installers put them, and where Python's wheels put them.
 */
final class CudaLibraries {
    /** The system property with folders, separated as in a path. */
    static final String PROPERTY = "keratin.cuda.libraries";
    /** The driver's library. */
    static final String DRIVER = "libcuda.so.1";

    private static final List<String> FOLDERS = List.of("/usr/local/cuda/lib64", "/usr/local/nvidia/lib64",
            "/usr/lib/x86_64-linux-gnu", "/usr/lib64");
    private static final List<String> PYTHONS = List.of("/usr/lib", "/usr/local/lib");
    private static final String RUNTIME = "libcudart.so.13";
    /** What the presets need beside these two, each after those that it needs itself. */
    private static final List<String> LARGE = List.of("libcublasLt.so.13", "libcublas.so.13",
            "libnvrtc.so.13", "libcudnn_graph.so.9", "libcudnn_ops.so.9", "libcudnn_cnn.so.9", "libcudnn_adv.so.9");
    /** Where the linker looks by itself, beside the folders and what its cache names. */
    private static final List<String> LINKED = List.of("/lib/x86_64-linux-gnu", "/usr/lib", "/lib64", "/lib");
    private static final String LINKER = "/etc/ld.so.cache";
    /** Where jars with libraries have them. */
    private static final String IN_JARS = "/org/bytedeco/cuda/linux-x86_64/";
    private static final String JAVACPP = "org.bytedeco.javacpp.";

    private final Host host;

    CudaLibraries(Host host) {
        this.host = host;
    }

    /** Whether the user has named a folder that holds a driver's library, which then stands for an installed driver. */
    boolean bringDriver() {
        return split(host.property(PROPERTY)).stream().anyMatch(folder -> host.exists(folder + "/" + DRIVER));
    }

    /**
     * The first library that is nowhere: known from files alone, before anything is loaded. Empty if all are there, or if it can't be
     * told what the linker finds.
     */
    Optional<String> missing() {
        String linker = linker();
        List<String> folders = linked();
        Stream<String> needed = Stream.concat(Stream.of(DRIVER, RUNTIME), LARGE.stream());
        return linker.isEmpty() ? Optional.empty() : needed.filter(library -> !linker.contains(library)
                && folders.stream().noneMatch(folder -> host.exists(folder + "/" + library))
                && CudaLibraries.class.getResource(IN_JARS + library) == null).findFirst();
    }

    /** The files of the driver's library that may be the one which is loaded; none if it can't be told. */
    List<String> drivers() {
        String linker = linker();
        Stream<String> cached = Stream.of(linker.split("\0")).filter(each -> each.endsWith("/" + DRIVER));
        return linker.isEmpty() ? List.of()
                : Stream.concat(linked().stream().map(folder -> folder + "/" + DRIVER), cached).distinct().filter(host::exists).toList();
    }

    /** What the linker knows by itself. */
    private String linker() {
        return host.files().content(LINKER);
    }

    /** Where a library is found, beside what the linker knows. */
    private List<String> linked() {
        return Stream.of(folders(), LINKED, split(host.property(JAVACPP + "platform.linkpath")),
                split(host.property(JAVACPP + "platform.preloadpath"))).flatMap(List::stream).toList();
    }

    /** The folders that exist, in the order in which they are searched. */
    List<String> folders() {
        Set<String> folders = new LinkedHashSet<>(split(host.property(PROPERTY)));
        folders.addAll(split(host.environment("LD_LIBRARY_PATH")));
        split(host.environment("CUDA_HOME")).forEach(home -> folders.add(home + "/lib64"));
        folders.addAll(FOLDERS);
        PYTHONS.forEach(python -> folders.addAll(wheels(Path.of(python))));
        split(host.environment("VIRTUAL_ENV")).forEach(home -> folders.addAll(wheels(Path.of(home, "lib"))));
        return folders.stream().filter(host::exists).toList();
    }

    private static List<String> split(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split(File.pathSeparator));
    }

    private static List<String> wheels(Path python) {
        List<String> found = new ArrayList<>();
        for (Path version : children(python, "python3*")) {
            for (Path packages : children(version, "{site,dist}-packages")) {
                children(packages.resolve("nvidia"), "*").forEach(each -> found.add(each.resolve("lib").toString()));
            }
        }
        return found;
    }

    private static List<Path> children(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
                stream.forEach(found::add);
            } catch (IOException e) {
                return List.of();
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    /**
     * Makes the presets find the driver, which is asked before anything else is loaded: the others are large.
     *
     * @throws UnsatisfiedLinkError if a library that is there can't be loaded
     */
    void prepareDriver() {
        List<String> folders = folders();
        setIfUnset("platform.linkpath", String.join(File.pathSeparator, folders));
        // JavaCPP counts the memory of the whole process against a limit of its own, device libraries and pinned memory too.
        setIfUnset("maxbytes", "0");
        setIfUnset("maxphysicalbytes", "0");
        driver().map(Path::of).ifPresent(CudaLibraries::load);
        load(RUNTIME, folders);
    }

    /**
     * The file of the driver's library, where the user names its folder or the linker doesn't know it; else empty, and left to the linker:
     * it may prefer one that is newer than the loaded module.
     */
    Optional<String> driver() {
        List<String> searched = linker().contains(DRIVER) ? split(host.property(PROPERTY)) : folders();
        return searched.stream().map(folder -> folder + "/" + DRIVER).filter(host::exists).findFirst();
    }

    /**
     * Makes the presets find the other libraries, after the driver: they look in the folders by themselves unless something has used JavaCPP before,
     * and find what is loaded already; so those that are there are loaded here, and the part of NVRTC that it opens by its bare name.
     *
     * @throws UnsatisfiedLinkError if a library that is there can't be loaded
     */
    void prepareOthers() {
        List<String> folders = folders();
        LARGE.forEach(library -> load(library, folders));
        folders.stream().flatMap(folder -> children(Path.of(folder), "libnvrtc-builtins.so.13.*").stream()).findFirst()
                .ifPresent(CudaLibraries::load);
    }

    private static void setIfUnset(String name, String value) {
        if (System.getProperty(JAVACPP + name) == null) {
            System.setProperty(JAVACPP + name, value);
        }
    }

    private static void load(String library, List<String> folders) {
        folders.stream().map(folder -> Path.of(folder, library)).filter(Files::exists).findFirst().ifPresent(CudaLibraries::load);
    }

    private static void load(Path library) {
        System.load(library.toAbsolutePath().toString());
    }
}
