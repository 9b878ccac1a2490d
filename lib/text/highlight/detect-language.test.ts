import { describe, expect, it } from 'vitest';
import { detectLanguage, languageForFileName, shownLanguage } from './detect-language';

describe('languageForFileName', () => {
  it.each([
    ['app.tsx', 'tsx'],
    ['A.PY', 'python'],
    ['src/lib/main.rs', 'rust'],
    ['C:\\work\\a.cs', 'csharp'],
    ['Dockerfile', 'dockerfile'],
    ['Dockerfile.dev', 'dockerfile'],
    ['.bashrc', 'shell'],
    ['.env.local', 'properties'],
    ['Gemfile', 'ruby'],
    ['config.h.cmake.in', 'cmake'],
    ['archive.tar.json', 'json'],
    ['notes.txt', 'text'],
    ['cities.CSV', 'csv'],
    ['cities.tsv', 'tsv'],
    ['a.text', 'text'],
    ['Cargo.lock', 'toml'],
    ['nginx.prod.conf', 'nginx'],
    ['Makefile', 'makefile'],
    ['GNUmakefile', 'makefile'],
    ['main.tf', 'hcl'],
    ['schema.graphql', 'graphql'],
    ['default.nix', 'nix'],
    ['app.exs', 'elixir'],
    ['run.bat', 'bat'],
    ['.vimrc', 'vim'],
    ['go.mod', 'go-mod'],
    ['go.sum', 'go-mod'],
    ['go.work.sum', 'go-mod'],
    ['boot.asm', 'gas'],
    ['player.gd', 'gdscript'],
    ['project.godot', 'gdresource'],
    ['Pipfile', 'toml'],
    ['Pipfile.lock', 'json'],
    ['pdm.lock', 'toml'],
    ['yarn.lock', 'yaml'],
    ['BUILD.bazel', 'python'],
    ['MODULE.bazel', 'python'],
    ['Tiltfile', 'python'],
    ['x.containerfile', 'dockerfile'],
    ['Containerfile', 'dockerfile'],
    ['deploy.jenkinsfile', 'groovy'],
    ['Capfile', 'ruby'],
    ['.irbrc', 'ruby'],
    ['.htaccess', 'apache'],
    ['.prettierignore', 'ignore'],
    ['COMMIT_EDITMSG', 'git-commit'],
    ['.stylelintrc', 'json'],
    ['.zprofile', 'shell'],
    ['my.cnf', 'properties'],
    ['backup.timer', 'properties'],
    ['.coveragerc', 'properties'],
    ['.spacemacs', 'common-lisp'],
    ['_vimrc', 'vim'],
    ['terraform.tfstate', 'json'],
    ['CITATION.cff', 'yaml'],
    ['App.fsproj', 'xml'],
    ['page.html.heex', 'html'],
    ['report.qmd', 'markdown'],
    ['shader.vert', 'glsl'],
    ['test.bats', 'shell'],
  ])('takes %s for %s', (name, id) => expect(languageForFileName(name)).toBe(id));

  it.each(['README', '', '.', 'py', 'a.unknown'])('does not know %j', (name) =>
    expect(languageForFileName(name)).toBeNull(),
  );
});

describe('shownLanguage', () => {
  it.each([
    ['a.csv', 'text', 'csv'],
    [' A.TSV ', 'text', 'tsv'],
    ['', 'csv', 'csv'],
    ['a.tsv', 'csv', 'csv'],
    ['a.csv', 'python', 'python'],
    ['a.json', 'text', 'text'],
    ['', 'text', 'text'],
  ])('of %j in %s is %s', (name, language, shown) => expect(shownLanguage({ name, language })).toBe(shown));
});

describe('detectLanguage', () => {
  it.each([
    ['#!/bin/bash\n', 'shell'],
    ['#!/usr/bin/env python3.12\n', 'python'],
    ['#!/usr/bin/env -S NODE_ENV=test node --test\n', 'javascript'],
    ['\uFEFF#! /usr/bin/ruby -w\r\n', 'ruby'],
    ['#!/usr/bin/env julia', 'julia'],
    ['#!/usr/bin/env', 'text'],
    ['#!', 'text'],
    ['# !/bin/sh', 'text'],
    ['', 'text'],
  ])('reads %j as %s', (text, id) => expect(detectLanguage({ text })).toBe(id));

  it('believes the name before the text', () => {
    expect(detectLanguage({ name: 'a.pl', text: '#!/bin/sh' })).toBe('perl');
    expect(detectLanguage({ name: 'run', text: '#!/bin/sh' })).toBe('shell');
    expect(detectLanguage({ name: null, text: 'let x = 1' })).toBe('text');
  });

  it('looks at the beginning only', () => {
    expect(detectLanguage({ text: `#!${' '.repeat(2_000)}/bin/sh` })).toBe('text');
  });
});
