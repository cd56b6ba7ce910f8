;; A larger br_table: a 32-bit move clears the index's upper half, so that what is compared is what indexes the table of
;; distances behind the jump.
(module
  (func (param i32) (result i32)
    block
      block
        block
          local.get 0
          br_table 0 1 2 1 0 2
        end
        i32.const 1
        return
      end
      i32.const 2
      return
    end
    i32.const 3))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 53 00 00 00               jb +0x6a
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   block
;;     block
;;       block
;;         local.get 0
;;         br_table 0 1 2 1 0 2
;;     | 001d  45 89 d3                        mov r11d, r10d
;;     | 0020  41 83 fb 05                     cmp r11d, 5
;;     | 0024  0f 83 26 00 00 00               jae +0x50
;;     | 002a  48 8d 3d 0b 00 00 00            lea rdi, [rip + 11]
;;     | 0031  4e 63 1c 9f                     movsxd r11, dword ptr [rdi + r11*4]
;;     | 0035  4c 01 df                        add rdi, r11
;;     | 0038  ff e7                           jmp rdi
;;     | 003a  cc                              int3
;;     | 003b  cc                              int3
;;     | 003c  19 00 00 00
;;     | 0040  20 00 00 00
;;     | 0044  27 00 00 00
;;     | 0048  20 00 00 00
;;     | 004c  19 00 00 00
;;     | 0050  e9 0e 00 00 00                  jmp +0x63
;;       end
;;       i32.const 1
;;       return
;;     | 0055  b8 01 00 00 00                  mov eax, 1
;;     | 005a  c9                              leave
;;     | 005b  c3                              ret
;;     end
;;     i32.const 2
;;     return
;;     | 005c  b8 02 00 00 00                  mov eax, 2
;;     | 0061  c9                              leave
;;     | 0062  c3                              ret
;;   end
;;   i32.const 3
;;   end
;;     | 0063  b8 03 00 00 00                  mov eax, 3
;;     | 0068  c9                              leave
;;     | 0069  c3                              ret
;;   behind the function
;;     | 006a  0f 0b                           ud2
