using System.Reflection;
using Local.Azurite;

namespace FunctionsHost;

/// <summary>What the build has left elsewhere.</summary>
internal static class Built
{
    /// <summary>The folder of the app.</summary>
    public static string App => Path("App");

    /// <summary>The Azurite of the local relay.</summary>
    public static AzuriteInstallation Azurite => new(Path("Azurite"));

    private static string Path(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!; // The project names each.
}
