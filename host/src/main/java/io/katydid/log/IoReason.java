package io.katydid.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words: Java often tells only the file's name. */
public final class IoReason {
  private IoReason() {}

  /** The reason, behind the file it is about where the system has named one. */
  public static String of(IOException e) {
    if (!(e instanceof FileSystemException problem)) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
    String reason =
        switch (problem) {
          case NoSuchFileException missing -> "No such file or directory";
          case AccessDeniedException denied -> "Permission denied";
          case FileAlreadyExistsException existing -> "There is a file of this name";
          case NotDirectoryException file -> "Not a directory";
          default -> problem.getReason() == null ? problem.getClass().getSimpleName() : problem.getReason();
        };
    return problem.getFile() == null ? reason : problem.getFile() + ": " + reason;
  }
}
