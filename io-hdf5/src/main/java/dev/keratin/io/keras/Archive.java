package dev.keratin.io.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.io.hdf5.H5Engine;
import dev.keratin.io.hdf5.H5Exception;
import dev.keratin.io.hdf5.H5Reader;
import dev.keratin.models.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads {@code .keras} files. Nothing is unpacked by the names in the archive, and nothing is made from the configuration
 * but registered classes; sizes are bounded.
 */
final class Archive implements AutoCloseable {
    static final String METADATA = "metadata.json";
    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.weights.h5";

    private static final System.Logger LOG = System.getLogger(Archive.class.getName());
    private static final long MAX_CONFIG = 32L << 20;
    private static final long MAX_IN_MEMORY = 1L << 30;
    private static final long MAX_UNASKED = 4L << 30;
    private static final long MAX_RATIO = 100;

    private final Path file;
    private final ZipFile zip;

    private Archive(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /** Reads a model: its layers, its weights, and if it was compiled its training and the optimizer's state. */
    static Model load(Path file) throws IOException {
        try (Archive archive = open(file)) {
            JsonNode config = archive.config();
            Model model = Configurations.model(file, CONFIG, config);
            Configurations.compile(file, model, config.path("compile_config"));
            archive.readWeights(model);
            return model;
        }
    }

    private static Archive open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw refusal(file, "a .keras file is required", Files.exists(file) ? "a directory" : "no such file",
                    "Check the path");
        }
        try {
            Archive archive = new Archive(file, new ZipFile(file.toFile()));
            archive.requireSoundNames();
            return archive;
        } catch (ZipException e) {
            throw new H5Exception(H5Exception.file(file), "a zip archive with " + CONFIG + " and " + WEIGHTS
                    + " is required", Files.size(file) + " bytes, " + e.getMessage(),
                    "Copy or save it again; it may be cut short or of another format", e);
        }
    }

    private void requireSoundNames() throws IOException {
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!names.add(entry.getName())) {
                zip.close();
                throw refusal(file, "each entry must be there once", "\"" + entry.getName() + "\" twice",
                        "Get it from its source again");
            }
        }
    }

    private JsonNode config() throws IOException {
        return Configurations.parse(file, CONFIG, bytes(required(CONFIG), MAX_CONFIG));
    }

    private void readWeights(Model model) throws IOException {
        if (!model.isBuilt()) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1} has no input shape, so no weights were read.", file, model);
            return;
        }
        ZipEntry entry = required(WEIGHTS);
        requirePlausible(entry);
        String name = WEIGHTS + " in " + file;
        if (entry.getSize() <= MAX_IN_MEMORY) {
            try (H5Reader in = H5Engine.chosen().open(name, ByteBuffer.wrap(bytes(entry, MAX_IN_MEMORY)))) {
                WeightsReader.read(model, in, name);
            }
            return;
        }
        Path unpacked = Files.createTempFile("keratin", ".weights.h5");
        try {
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, unpacked, StandardCopyOption.REPLACE_EXISTING);
            }
            try (H5Reader in = H5Reader.open(unpacked)) {
                WeightsReader.read(model, in, name);
            }
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    private ZipEntry required(String name) throws H5Exception {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw refusal(file, "an entry " + name + " is required", zip.stream().map(ZipEntry::getName).limit(10).toList()
                    .toString(), "Check that Keras 3 or Keratin wrote it");
        }
        return entry;
    }

    private void requirePlausible(ZipEntry entry) throws H5Exception {
        if (entry.getSize() > MAX_UNASKED && entry.getSize() / MAX_RATIO > entry.getCompressedSize()) {
            throw refusal(file, entry.getName() + " must be at most " + MAX_RATIO + " times as large as packed",
                    entry.getSize() + " bytes from " + entry.getCompressedSize(), "Get it from its source again");
        }
    }

    private byte[] bytes(ZipEntry entry, long limit) throws IOException {
        try (InputStream content = zip.getInputStream(entry)) {
            byte[] bytes = entry.getSize() > limit ? new byte[0] : content.readNBytes((int) limit + 1);
            if (entry.getSize() > limit || bytes.length > limit) {
                throw refusal(file, entry.getName() + " must have at most " + limit + " bytes",
                        Math.max(entry.getSize(), bytes.length) + "", "Get it from its source again");
            }
            return bytes;
        } catch (ZipException e) {
            throw new H5Exception(H5Exception.file(file), entry.getName() + " must be readable", e.getMessage(),
                    "Copy or save it again", e);
        }
    }

    private static H5Exception refusal(Path file, String required, String received, String wayOut) {
        return new H5Exception(H5Exception.file(file), required, received, wayOut);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
