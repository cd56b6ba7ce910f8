;; An interpreter: each handler ends in a jump of its own.
(module
  (memory 1)
  (func $f (param $pc i32) (param $a i32) (result i32)
    (block $halt
      (loop $next
        (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
          (br_table $0 $1 $2 $3 $4 $5 $6 $7 $8 $halt (i32.load8_u (local.get $pc))))
          (local.set $a (i32.add (local.get $a) (i32.const 1))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.sub (local.get $a) (i32.const 3))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.mul (local.get $a) (local.get $a))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.xor (local.get $a) (i32.const 85))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.shl (local.get $a) (i32.const 3))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.rotl (local.get $a) (i32.const 9))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.and (local.get $a) (i32.const 4095))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.or (local.get $a) (i32.const 64))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.shr_u (local.get $a) (i32.const 2))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next)
      ))
    (local.get $a)))

;; Graph
;; b0:
;;   jump b1(p1:i32, p0:i32)
;; b1(v0: i32, v1: i32):                   ; loop 0, ×64, from b0 b2 b3 b4 b5 b6 b7 b8 b9 b10
;;   poll
;;   v2 = i32.load8_u mem[v1+0]
;;   table v2 [b2 b3 b4 b5 b6 b7 b8 b9 b10 b11]
;; b2:                                     ; in loop 0, ×8, from b1
;;   v3 = i32.add v0, 1
;;   v4 = i32.add v1, 1
;;   jump b1(v3, v4)
;; b3:                                     ; in loop 0, ×8, from b1
;;   v5 = i32.add v0, -3
;;   v6 = i32.add v1, 1
;;   jump b1(v5, v6)
;; b4:                                     ; in loop 0, ×8, from b1
;;   v7 = i32.mul v0, v0
;;   v8 = i32.add v1, 1
;;   jump b1(v7, v8)
;; b5:                                     ; in loop 0, ×8, from b1
;;   v9 = i32.xor v0, 85
;;   v10 = i32.add v1, 1
;;   jump b1(v9, v10)
;; b6:                                     ; in loop 0, ×8, from b1
;;   v11 = i32.shl v0, 3
;;   v12 = i32.add v1, 1
;;   jump b1(v11, v12)
;; b7:                                     ; in loop 0, ×8, from b1
;;   v13 = i32.rotl v0, 9
;;   v14 = i32.add v1, 1
;;   jump b1(v13, v14)
;; b8:                                     ; in loop 0, ×8, from b1
;;   v15 = i32.and v0, 4095
;;   v16 = i32.add v1, 1
;;   jump b1(v15, v16)
;; b9:                                     ; in loop 0, ×8, from b1
;;   v17 = i32.or v0, 64
;;   v18 = i32.add v1, 1
;;   jump b1(v17, v18)
;; b10:                                    ; in loop 0, ×8, from b1
;;   v19 = i32.shr_u v0, 2
;;   v20 = i32.add v1, 1
;;   jump b1(v19, v20)
;; b11:                                    ; ×8, from b1
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b1:
;;   0006  49 3b 26                       cmp rsp, [r14]
;;   0009  0f 82 01 02 00 00              jb +0x210
;;   000f  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   0014  83 f8 09                       cmp eax, 9
;;   0017  0f 83 ef 01 00 00              jae +0x20c
;;   001d  48 8d 0d 0c 00 00 00           lea rcx, [rip + 12]
;;   0024  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   0028  4c 01 d9                       add rcx, r11
;;   002b  ff e1                          jmp rcx
;;   002d  cc                             int3
;;   002e  cc                             int3
;;   002f  cc                             int3
;; b1:
;;   0030  24 00 00 00 53 00 00 00
;;   0038  82 00 00 00 b3 00 00 00
;;   0040  e4 00 00 00 15 01 00 00
;;   0048  47 01 00 00 7a 01 00 00
;;   0050  ab 01 00 00
;; b2:
;;   0054  8d 46 01                       lea eax, [rsi + 1]
;;   0057  83 c7 01                       add edi, 1
;; b1:
;;   005a  89 c6                          mov esi, eax
;;   005c  49 3b 26                       cmp rsp, [r14]
;;   005f  0f 82 b2 01 00 00              jb +0x217
;;   0065  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   006a  83 f8 09                       cmp eax, 9
;;   006d  0f 83 99 01 00 00              jae +0x20c
;;   0073  48 8d 0d b6 ff ff ff           lea rcx, [rip - 74]
;;   007a  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   007e  4c 01 d9                       add rcx, r11
;;   0081  ff e1                          jmp rcx
;; b3:
;;   0083  8d 46 fd                       lea eax, [rsi - 3]
;;   0086  83 c7 01                       add edi, 1
;; b1:
;;   0089  89 c6                          mov esi, eax
;;   008b  49 3b 26                       cmp rsp, [r14]
;;   008e  0f 82 8a 01 00 00              jb +0x21e
;;   0094  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   0099  83 f8 09                       cmp eax, 9
;;   009c  0f 83 6a 01 00 00              jae +0x20c
;;   00a2  48 8d 0d 87 ff ff ff           lea rcx, [rip - 121]
;;   00a9  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   00ad  4c 01 d9                       add rcx, r11
;;   00b0  ff e1                          jmp rcx
;; b4:
;;   00b2  89 f0                          mov eax, esi
;;   00b4  0f af c6                       imul eax, esi
;;   00b7  83 c7 01                       add edi, 1
;; b1:
;;   00ba  89 c6                          mov esi, eax
;;   00bc  49 3b 26                       cmp rsp, [r14]
;;   00bf  0f 82 60 01 00 00              jb +0x225
;;   00c5  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   00ca  83 f8 09                       cmp eax, 9
;;   00cd  0f 83 39 01 00 00              jae +0x20c
;;   00d3  48 8d 0d 56 ff ff ff           lea rcx, [rip - 170]
;;   00da  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   00de  4c 01 d9                       add rcx, r11
;;   00e1  ff e1                          jmp rcx
;; b5:
;;   00e3  89 f0                          mov eax, esi
;;   00e5  83 f0 55                       xor eax, 85
;;   00e8  83 c7 01                       add edi, 1
;; b1:
;;   00eb  89 c6                          mov esi, eax
;;   00ed  49 3b 26                       cmp rsp, [r14]
;;   00f0  0f 82 36 01 00 00              jb +0x22c
;;   00f6  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   00fb  83 f8 09                       cmp eax, 9
;;   00fe  0f 83 08 01 00 00              jae +0x20c
;;   0104  48 8d 0d 25 ff ff ff           lea rcx, [rip - 219]
;;   010b  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   010f  4c 01 d9                       add rcx, r11
;;   0112  ff e1                          jmp rcx
;; b6:
;;   0114  89 f0                          mov eax, esi
;;   0116  c1 e0 03                       shl eax, 3
;;   0119  83 c7 01                       add edi, 1
;; b1:
;;   011c  89 c6                          mov esi, eax
;;   011e  49 3b 26                       cmp rsp, [r14]
;;   0121  0f 82 0c 01 00 00              jb +0x233
;;   0127  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   012c  83 f8 09                       cmp eax, 9
;;   012f  0f 83 d7 00 00 00              jae +0x20c
;;   0135  48 8d 0d f4 fe ff ff           lea rcx, [rip - 268]
;;   013c  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   0140  4c 01 d9                       add rcx, r11
;;   0143  ff e1                          jmp rcx
;; b7:
;;   0145  c4 e3 7b f0 c6 17              rorx eax, esi, 23
;;   014b  83 c7 01                       add edi, 1
;; b1:
;;   014e  89 c6                          mov esi, eax
;;   0150  49 3b 26                       cmp rsp, [r14]
;;   0153  0f 82 e1 00 00 00              jb +0x23a
;;   0159  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   015e  83 f8 09                       cmp eax, 9
;;   0161  0f 83 a5 00 00 00              jae +0x20c
;;   0167  48 8d 0d c2 fe ff ff           lea rcx, [rip - 318]
;;   016e  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   0172  4c 01 d9                       add rcx, r11
;;   0175  ff e1                          jmp rcx
;; b8:
;;   0177  89 f0                          mov eax, esi
;;   0179  25 ff 0f 00 00                 and eax, 0xfff
;;   017e  83 c7 01                       add edi, 1
;; b1:
;;   0181  89 c6                          mov esi, eax
;;   0183  49 3b 26                       cmp rsp, [r14]
;;   0186  0f 82 b5 00 00 00              jb +0x241
;;   018c  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   0191  83 f8 09                       cmp eax, 9
;;   0194  0f 83 72 00 00 00              jae +0x20c
;;   019a  48 8d 0d 8f fe ff ff           lea rcx, [rip - 369]
;;   01a1  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   01a5  4c 01 d9                       add rcx, r11
;;   01a8  ff e1                          jmp rcx
;; b9:
;;   01aa  89 f0                          mov eax, esi
;;   01ac  83 c8 40                       or eax, 64
;;   01af  83 c7 01                       add edi, 1
;; b1:
;;   01b2  89 c6                          mov esi, eax
;;   01b4  49 3b 26                       cmp rsp, [r14]
;;   01b7  0f 82 8b 00 00 00              jb +0x248
;;   01bd  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   01c2  83 f8 09                       cmp eax, 9
;;   01c5  0f 83 41 00 00 00              jae +0x20c
;;   01cb  48 8d 0d 5e fe ff ff           lea rcx, [rip - 418]
;;   01d2  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   01d6  4c 01 d9                       add rcx, r11
;;   01d9  ff e1                          jmp rcx
;; b10:
;;   01db  89 f0                          mov eax, esi
;;   01dd  c1 e8 02                       shr eax, 2
;;   01e0  83 c7 01                       add edi, 1
;; b1:
;;   01e3  89 c6                          mov esi, eax
;;   01e5  49 3b 26                       cmp rsp, [r14]
;;   01e8  0f 82 61 00 00 00              jb +0x24f
;;   01ee  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   01f3  83 f8 09                       cmp eax, 9
;;   01f6  0f 83 10 00 00 00              jae +0x20c
;;   01fc  48 8d 0d 2d fe ff ff           lea rcx, [rip - 467]
;;   0203  4c 63 1c 81                    movsxd r11, dword ptr [rcx + rax*4]
;;   0207  4c 01 d9                       add rcx, r11
;;   020a  ff e1                          jmp rcx
;; b11:
;;   020c  89 f0                          mov eax, esi
;;   020e  c9                             leave
;;   020f  c3                             ret
;; outOfLine:
;;   0210  0f 0b                          ud2
;;   0212  e9 f8 fd ff ff                 jmp +0xf
;;   0217  0f 0b                          ud2
;;   0219  e9 47 fe ff ff                 jmp +0x65
;;   021e  0f 0b                          ud2
;;   0220  e9 6f fe ff ff                 jmp +0x94
;;   0225  0f 0b                          ud2
;;   0227  e9 99 fe ff ff                 jmp +0xc5
;;   022c  0f 0b                          ud2
;;   022e  e9 c3 fe ff ff                 jmp +0xf6
;;   0233  0f 0b                          ud2
;;   0235  e9 ed fe ff ff                 jmp +0x127
;;   023a  0f 0b                          ud2
;;   023c  e9 18 ff ff ff                 jmp +0x159
;;   0241  0f 0b                          ud2
;;   0243  e9 44 ff ff ff                 jmp +0x18c
;;   0248  0f 0b                          ud2
;;   024a  e9 6e ff ff ff                 jmp +0x1bd
;;   024f  0f 0b                          ud2
;;   0251  eb 9b                          jmp +0x1ee
