using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Relay.Tests;

/// <summary>Keeps every line, with the exception that came with it.</summary>
public sealed class RecordingLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, EventId Id, string Text)> _lines = new();

    public IReadOnlyList<(LogLevel Level, EventId Id, string Text)> Lines => [.. _lines];

    public ILogger<T> For<T>() => LoggerFactory.Create(AddTo).CreateLogger<T>();

    public void AddTo(ILoggingBuilder logging) => logging.AddProvider(new Provider(this));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, eventId, $"{formatter(state, exception)} {exception}".TrimEnd()));

    private sealed class Provider(RecordingLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
