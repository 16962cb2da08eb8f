namespace Local;

/// <summary>The relay cannot start; the message is the one line that says why and what to do.</summary>
public sealed class StartException(string message) : Exception(message);
