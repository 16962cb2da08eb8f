using System.Reflection;

namespace Infrastructure.Tests;

/// <summary>The files that these tests are about, as they stand in the clone.</summary>
internal static class Repository
{
    /// <summary>Where it is.</summary>
    public static string Root { get; } = Metadata("Repository")
        ?? throw new InvalidOperationException("The project file names no repository.");

    /// <summary>What the project file says of a thing.</summary>
    public static string? Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(one => one.Key == key)?.Value;

    /// <summary>Where one of its files is.</summary>
    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>The text of one of its files.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path));
}
