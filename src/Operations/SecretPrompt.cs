namespace Operations;

/// <summary>Talks with whoever has the secret, and never shows it.</summary>
/// <param name="read">Reads one line; null where nobody answers.</param>
internal sealed class SecretPrompt(Func<string?> read, TextWriter output)
{
    /// <summary>The one on the terminal. A pipe is read as it is, so that a script can answer.</summary>
    public static SecretPrompt OnTerminal => new(Console.IsInputRedirected ? Console.In.ReadLine : ReadHidden, Console.Out);

    /// <summary>The answer; empty where nobody gives one.</summary>
    public string Ask(string question)
    {
        output.Write(question);
        var answer = read();
        output.WriteLine();
        return (answer ?? "").Trim();
    }

    /// <summary>Says what came of it.</summary>
    public void Say(string text) => output.WriteLine(text);

    private static string ReadHidden()
    {
        var typed = new Stack<char>();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                _ = typed.TryPop(out _);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Push(key.KeyChar);
            }
        }

        return new string([.. typed.Reverse()]);
    }
}
