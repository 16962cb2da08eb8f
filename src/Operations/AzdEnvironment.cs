using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Operations;

/// <summary>What provisioning put out: in the process's environment where a hook runs, else in the environment that azd has selected.</summary>
internal sealed class AzdEnvironment
{
    private readonly Lazy<Dictionary<string, string>> _values = new(Ask);

    /// <summary>A value that has to be there.</summary>
    /// <exception cref="OperationException">Nothing was provisioned, or azd is missing.</exception>
    public string Require(string name) => Find(name) ?? throw new OperationException(
        $"azd knows no {name}: run `azd provision` first, or select the environment with `azd env select`.");

    /// <summary>A value; null where it is empty or missing.</summary>
    /// <exception cref="OperationException">azd is missing.</exception>
    public string? Find(string name)
    {
        var value = Environment.GetEnvironmentVariable(name) ?? _values.Value.GetValueOrDefault(name);
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    private static Dictionary<string, string> Ask()
    {
        var start = new ProcessStartInfo("azd", ["env", "get-values", "--output", "json", "--no-prompt"]) { RedirectStandardOutput = true };
        try
        {
            using var azd = Process.Start(start) ?? throw new OperationException("azd did not start.");
            var values = azd.StandardOutput.ReadToEnd();
            azd.WaitForExit();
            return azd.ExitCode == 0
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(values) ?? []
                : throw new OperationException("azd has no environment here: run `azd up` first, or select one with `azd env select`.");
        }
        catch (Win32Exception)
        {
            throw new OperationException("azd was not found. Install the Azure Developer CLI: https://aka.ms/azd.");
        }
    }
}
