namespace Hosting;

/// <summary>The relay cannot start; the message has one line for each thing that is wrong, saying why and what to do.</summary>
public sealed class StartException(string message) : Exception(message);
