package dev.keratin.models.callbacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Backs training up, so that a run of the same program after an interruption goes on where the last backup was made: the
 * weights, the optimizer's state and the number of epochs done. The model must be built before {@code fit}. A resumed run with
 * the same seeds equals one that was never interrupted; batches of an epoch that was not finished are trained on again.
 *
 * <p>The folder holds {@code latest.weights.h5} and {@code training_metadata.json}, as Keras writes and reads them.
 *
 * @see <a href="https://keras.io/api/callbacks/backup_and_restore/">Keras: BackupAndRestore</a>
 */
public final class BackupAndRestore extends Callback {
    private static final System.Logger LOG = System.getLogger(BackupAndRestore.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREVIOUS = ".bkp";

    private final Path folder;
    private final Path weights;
    private final Path metadata;
    private int saveFreq;
    private boolean doubleCheckpoint;
    private boolean deleteCheckpoint = true;
    private int epochsDone;
    private int lastBatch;
    private int batchesSinceSave;

    /** Backs up into a folder that is used for nothing else, after every epoch; the folder is made when needed. */
    public BackupAndRestore(String backupDir) {
        this(Path.of(backupDir));
    }

    /** Backs up into a folder that is used for nothing else, after every epoch; the folder is made when needed. */
    public BackupAndRestore(Path backupDir) {
        folder = backupDir;
        weights = folder.resolve("latest.weights.h5");
        metadata = folder.resolve("training_metadata.json");
    }

    /**
     * Backs up after that many batches instead of after each epoch.
     *
     * @throws IllegalArgumentException unless it is at least 1
     */
    public BackupAndRestore saveFreq(int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException("BackupAndRestore: a saveFreq of at least 1 batch is required. Received: "
                    + batches + ". Leave it out to back up after each epoch.");
        }
        saveFreq = batches;
        return this;
    }

    /** Whether the backup before the last is kept, too, and used if the last can't be read; false by default. */
    public BackupAndRestore doubleCheckpoint(boolean keepsTwo) {
        doubleCheckpoint = keepsTwo;
        return this;
    }

    /** Whether the backup is deleted when training is done; true by default. */
    public BackupAndRestore deleteCheckpoint(boolean deletes) {
        deleteCheckpoint = deletes;
        return this;
    }

    @Override
    public void onTrainBegin() {
        if (!model().isBuilt()) {
            throw new IllegalStateException("BackupAndRestore: a model that is built is required. Received: " + model().name()
                    + ", which has no weights yet. Give it an input, or call it on a batch before fit.");
        }
        epochsDone = 0;
        lastBatch = 0;
        batchesSinceSave = 0;
        restoreOrGoBack();
    }

    private void restoreOrGoBack() {
        try {
            restore();
        } catch (RuntimeException e) {
            if (!Files.exists(previous(weights))) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "BackupAndRestore: the last backup can't be read, so training"
                    + " goes on from the one before (" + e.getMessage() + ").");
            replace(previous(weights), weights);
            if (Files.exists(previous(metadata))) {
                replace(previous(metadata), metadata);
            } else {
                delete(metadata);
            }
            restore();
        }
    }

    private void restore() {
        if (Files.exists(weights)) {
            model().loadWeights(weights);
        }
        if (Files.exists(metadata)) {
            epochsDone = epochs();
            model().startFromEpoch(epochsDone);
        }
    }

    private int epochs() {
        try {
            JsonNode epoch = JSON.readTree(metadata.toFile()).path("epoch");
            if (epoch.canConvertToInt() && epoch.asInt() >= 0) {
                return epoch.asInt();
            }
            throw new IOException("no epoch in it");
        } catch (IOException e) {
            throw failed(metadata, e);
        }
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        lastBatch = batch;
        if (saveFreq > 0 && ++batchesSinceSave >= saveFreq) {
            batchesSinceSave = 0;
            save();
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        epochsDone = epoch + 1;
        lastBatch = 0;
        if (saveFreq == 0) {
            save();
        }
    }

    private void save() {
        try {
            Files.createDirectories(folder);
            if (doubleCheckpoint) {
                for (Path file : List.of(weights, metadata)) {
                    if (Files.exists(file)) {
                        replace(file, previous(file));
                    }
                }
            }
            model().saveWeights(weights);
            Path beside = metadata.resolveSibling(metadata.getFileName() + ".new");
            JSON.writeValue(beside.toFile(), JsonNodeFactory.instance.objectNode().put("epoch", epochsDone).put("batch", lastBatch));
            Files.move(beside, metadata, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        if (!deleteCheckpoint) {
            return;
        }
        List.of(weights, metadata, previous(weights), previous(metadata)).forEach(BackupAndRestore::delete);
        if (Files.isDirectory(folder) && isEmpty()) {
            delete(folder);
        }
    }

    private boolean isEmpty() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static Path previous(Path file) {
        return file.resolveSibling(file.getFileName() + PREVIOUS);
    }

    private static void replace(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(to, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static UncheckedIOException failed(Path file, IOException e) {
        return new UncheckedIOException("BackupAndRestore: a backup that can be read and written is required. Received: " + file
                + " (" + e.getMessage() + "). Give another folder, or delete this one to start from the first epoch.", e);
    }
}
