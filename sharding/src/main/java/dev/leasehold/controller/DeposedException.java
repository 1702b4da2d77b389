package dev.leasehold.controller;

/**
 * This replica has lost its membership and was told to join no more. Everything is closed: what a
 * {@code main} has left to do is to exit, so that whoever started the process starts it anew.
 */
public final class DeposedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DeposedException(String message) {
    super(message);
  }
}
