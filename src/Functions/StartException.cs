namespace Functions;

/// <summary>The app cannot start; the message has one line for each setting that is wrong, saying why and what to do.</summary>
public sealed class StartException(string message) : Exception(message);
