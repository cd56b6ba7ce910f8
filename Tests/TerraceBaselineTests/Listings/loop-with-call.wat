;; A local that a loop with a call only reads is in its slot at the header, and is loaded where it is needed.
(module
  (func $g (param i32))
  (func (param i32 i32)
    loop
      local.get 1
      call $g
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0
    end))

;; Code
;; function 0 $g
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 08 00 00 00               jb +0x1f
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  89 7d d8                        mov [rbp - 40], edi
;;   end
;;     | 001d  c9                              leave
;;     | 001e  c3                              ret
;;   behind the function
;;     | 001f  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 32 00 00 00               jb +0x49
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 5d f0                     mov [rbp - 16], rbx
;;     | 001e  4c 89 65 e8                     mov [rbp - 24], r12
;;     | 0022  48 89 fb                        mov rbx, rdi
;;     | 0025  49 89 f4                        mov r12, rsi
;;   loop
;;     | 0028  49 3b 26                        cmp rsp, [r14]
;;     | 002b  0f 82 1a 00 00 00               jb +0x4b
;;     local.get 1
;;     call 0
;;     | 0031  4c 89 e7                        mov rdi, r12
;;     | 0034  ff 15 00 00 00 00               call [rip]
;;     local.get 0
;;     i32.const 1
;;     i32.sub
;;     local.tee 0
;;     | 003a  83 eb 01                        sub ebx, 1
;;     br_if 0
;;     | 003d  75 e9                           jne +0x28
;;   end
;;   end
;;     | 003f  48 8b 5d f0                     mov rbx, [rbp - 16]
;;     | 0043  4c 8b 65 e8                     mov r12, [rbp - 24]
;;     | 0047  c9                              leave
;;     | 0048  c3                              ret
;;   behind the function
;;     | 0049  0f 0b                           ud2
;;     | 004b  0f 0b                           ud2
;;     | 004d  eb e2                           jmp +0x31
